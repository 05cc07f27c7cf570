"""A certificate that a server shows is checked: who has signed it, and for which host."""

import asyncio
import pathlib
import ssl

AUTHORITY = """\
-----BEGIN CERTIFICATE-----
MIIBgDCCASegAwIBAgIUEUIQ8JPIYddw3VIyHsugM6CxyCkwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAgFw0yNjExMjExNDMzNTlaGA8yMTI2MTAy
ODE0MzM1OVowFTETMBEGA1UEAwwKRXhhbXBsZSBDQTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABB7lqPI6yeEqKoT9HEpODqGeln3n4SGLKqa/JgH8LnYdB647q/JT
DHUyzz3YMoEDmBfKBakQOapVbWQFXAiE7BKjUzBRMB0GA1UdDgQWBBSnDXxK8alW
1Wca5lqN5yIOLwxFIzAfBgNVHSMEGDAWgBSnDXxK8alW1Wca5lqN5yIOLwxFIzAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCICrOP/CxV+aAkehHM4GC
R8C5NgYBxad6l5xh4W3A9EGmAiArwHqhkaMW3ZTDqw8hzdnK6lnOQz7qiOYLKkzA
uMPx+A==
-----END CERTIFICATE-----
"""
OF_LOCALHOST = """\
-----BEGIN CERTIFICATE-----
MIIBmjCCAUCgAwIBAgIUFDgQHDVyafZuwq8TPVp+Rprr3O8wCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAgFw0yNjExMjExNDMzNTlaGA8yMTI2MTAy
ODE0MzM1OVowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAEIsMVUqZES0CIGxmhYFLkrfAif+zmitAxwMD8LiMbMCZtF+xjPvmo
6FH7A4My+s6LbmTfsb2PVTFXRjtoV2NthaNtMGswKQYDVR0RBCIwIIIJbG9jYWxo
b3N0gg0qLmV4YW1wbGUub3JnhwR/AAABMB0GA1UdDgQWBBQVDe7sYjY1KrnzFfkU
v3Pc08x4MjAfBgNVHSMEGDAWgBSnDXxK8alW1Wca5lqN5yIOLwxFIzAKBggqhkjO
PQQDAgNIADBFAiBpvkkv5Hw95LauwHuxrV2UE4HELvrVPenBHGwivsFWiQIhAKt6
gap4uqIbH8PtMXjKumXlxJ/QaEFKcPxZERu9TVuB
-----END CERTIFICATE-----
"""

pathlib.Path("server.pem").write_text(OF_LOCALHOST)
pathlib.Path("authority.pem").write_text(AUTHORITY)
# leaves: authority.pem 583
# leaves: server.pem 615


async def serve(reader, writer):
    writer.writelines([await reader.readline() for _ in range(2)])
    writer.close()


async def ask(port, context, host):
    try:
        reader, writer = await asyncio.open_connection("localhost", port, ssl=context, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    # More than one record holds.
    writer.write(b"1" * 40_000 + b"\n" + b"2" * 40_000 + b"\n")
    lines = [await reader.readline() for _ in range(2)]
    certificate = writer.get_extra_info("peercert")
    writer.close()
    await writer.wait_closed()
    return [len(line) for line in lines], certificate.get("subjectAltName")


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("server.pem")
    server = await asyncio.start_server(serve, "localhost", 0, ssl=context, limit=1 << 20)
    # What a refused client says is no fault of the server's.
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    port = server.sockets[0].getsockname()[1]

    strict = ssl.create_default_context()
    print(await ask(port, strict, "localhost"))  # prints: unable to get local issuer certificate
    strict.load_verify_locations("authority.pem")
    print(await ask(port, strict, "other.org"))  # prints: Hostname mismatch, certificate is not valid for 'other.org'.
    print(await ask(port, strict, "192.0.2.7"))  # prints: IP address mismatch, certificate is not valid for '192.0.2.7'.
    print((await ask(port, strict, "www.example.org"))[0])  # prints: [40001, 40001]
    print((await ask(port, strict, "localhost"))[1])
    # prints: (('DNS', 'localhost'), ('DNS', '*.example.org'), ('IP Address', '127.0.0.1'))

    careless = ssl.create_default_context()
    careless.check_hostname, careless.verify_mode = False, ssl.CERT_NONE
    print(await ask(port, careless, "other.org"))  # prints: ([40001, 40001], None)
    print(strict.get_ca_certs()[0]["subject"])  # prints: ((('commonName', 'Example CA'),),)
    server.close()
    await server.wait_closed()


asyncio.run(main())
