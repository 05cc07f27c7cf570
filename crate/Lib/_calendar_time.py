"""The calendar half of the `time` module: broken-down times and their text.

The interpreter leaves these to the C library, which a browser does not have. The local zone is always UTC and the
locale is always C, so that a program prints the same wherever it runs.
"""

import _loopscope
from _structseq import structseq

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)

# Days from 0000-03-01 to 1970-01-01 and in 400 years of the Gregorian calendar.
_EPOCH_DAYS = 719468
_ERA_DAYS = 146097

struct_time = structseq(
    "time.struct_time",
    "tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst",
    "tm_zone tm_gmtoff",
    doc="A broken-down time: nine visible fields, and the zone with its offset.",
)


def _days_from_civil(year, month, day):
    """Count the days from 1970-01-01 to a date, with the year counted from March so that leap days come last."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * _ERA_DAYS + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH_DAYS


def _civil_from_days(days):
    """Return year, month and day of a count of days since 1970-01-01."""
    era, day_of_era = divmod(days + _EPOCH_DAYS, _ERA_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = (shifted_month + 2) % 12 + 1
    return era * 400 + year_of_era + (month <= 2), month, day


def gmtime(seconds=None, /):
    """Break a time since the Epoch down into UTC fields; without an argument, the current time."""
    if seconds is None:
        whole = (_loopscope.CALENDAR_NS + _loopscope.now_ns()) // 1_000_000_000
    elif isinstance(seconds, float):
        if seconds != seconds:
            raise ValueError("Invalid value NaN (not a number)")
        if abs(seconds) >= 2**63:
            raise OverflowError("timestamp out of range for platform time_t")
        whole = seconds.__floor__()
    else:
        whole = _integer(seconds)
        if not -(2**63) <= whole < 2**63:
            raise OverflowError("timestamp out of range for platform time_t")
    days, second_of_day = divmod(whole, 86400)
    year, month, day = _civil_from_days(days)
    if not -(2**31) <= year - 1900 < 2**31:
        raise OverflowError(75, "Value too large for defined data type")
    hour, rest = divmod(second_of_day, 3600)
    fields = (
        year, month, day, hour, rest // 60, rest % 60, (days + 3) % 7, days - _days_from_civil(year, 1, 1) + 1, 0,
    )
    return struct_time(fields + ("UTC", 0))


def localtime(seconds=None, /):
    """Break a time since the Epoch down into local fields; the local zone is UTC."""
    return gmtime(seconds)


def _integer(value):
    if hasattr(value, "__index__"):
        return value.__index__()
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _fields(value, function):
    """Return the nine fields of a struct_time or of a tuple of nine, as integers."""
    if not isinstance(value, tuple):
        raise TypeError("Tuple or struct_time argument required")
    if len(value) != 9:
        raise TypeError(f"{function}(): illegal time tuple argument")
    return [_integer(field) for field in value]


def mktime(time_tuple, /):
    """Return the time since the Epoch of local fields, which need not be within their ranges."""
    year, month, day, hour, minute, second = _fields(time_tuple, "mktime")[:6]
    extra_years, month = divmod(month - 1, 12)
    days = _days_from_civil(year + extra_years, month + 1, 1) + day - 1
    return float(days * 86400 + hour * 3600 + minute * 60 + second)


def _checked(value, function):
    """Return the fields in CPython's ranges; zero is let through where it means "not given"."""
    year, month, day, hour, minute, second, weekday, year_day, daylight = _fields(value, function)
    month, day, year_day = month or 1, day or 1, year_day or 1
    limits = (
        ("month", month, 1, 12), ("day of month", day, 1, 31), ("hour", hour, 0, 23), ("minute", minute, 0, 59),
        ("seconds", second, 0, 61), ("day of year", year_day, 1, 366),
    )
    for name, number, least, most in limits:
        if not least <= number <= most:
            raise ValueError(f"{name} out of range")
    if weekday < -1:
        raise ValueError("day of week out of range")
    return year, month, day, hour, minute, second, (weekday + 7) % 7, year_day, daylight


def asctime(time_tuple=None, /):
    """Return a time as text, such as 'Sat Jun  6 16:26:11 1998'."""
    fields = _checked(gmtime() if time_tuple is None else time_tuple, "asctime")
    year, month, day, hour, minute, second, weekday = fields[:7]
    return f"{_DAYS[weekday][:3]} {_MONTHS[month - 1][:3]} {day:2d} {hour:02d}:{minute:02d}:{second:02d} {year}"


def ctime(seconds=None, /):
    """Return a time since the Epoch as text."""
    return asctime(gmtime(seconds))


def _iso_week(year, year_day, weekday):
    """Return the ISO 8601 year and week that a day belongs to."""
    week = (year_day - 1 - weekday + 10) // 7
    if week < 1:
        year -= 1
        return year, _weeks_in(year)
    if week > _weeks_in(year):
        return year + 1, 1
    return year, week


def _weeks_in(year):
    """A year has 53 ISO weeks if it begins on a Thursday, or ends on one."""
    first = (_days_from_civil(year, 1, 1) + 3) % 7
    last = (_days_from_civil(year, 12, 31) + 3) % 7
    return 53 if first == 3 or last == 3 else 52


def _half(hour):
    return "AM" if hour < 12 else "PM"


def _twelve(hour):
    return (hour + 11) % 12 + 1


def _offset(seconds):
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}{minutes % 60:02d}"


# The text of each directive. The argument is (year, month, day, hour, minute, second, weekday, day of the year,
# daylight saving, zone, offset).
_DIRECTIVES = {
    "%": lambda t: "%",
    "A": lambda t: _DAYS[t[6]],
    "B": lambda t: _MONTHS[t[1] - 1],
    "C": lambda t: f"{t[0] // 100:02d}",
    "D": lambda t: f"{t[1]:02d}/{t[2]:02d}/{t[0] % 100:02d}",
    "F": lambda t: f"{t[0]:d}-{t[1]:02d}-{t[2]:02d}",
    "G": lambda t: str(_iso_week(t[0], t[7], t[6])[0]),
    "H": lambda t: f"{t[3]:02d}",
    "I": lambda t: f"{_twelve(t[3]):02d}",
    "M": lambda t: f"{t[4]:02d}",
    "P": lambda t: _half(t[3]).lower(),
    "R": lambda t: f"{t[3]:02d}:{t[4]:02d}",
    "S": lambda t: f"{t[5]:02d}",
    "T": lambda t: f"{t[3]:02d}:{t[4]:02d}:{t[5]:02d}",
    "U": lambda t: f"{(t[7] + 6 - (t[6] + 1) % 7) // 7:02d}",
    "V": lambda t: f"{_iso_week(t[0], t[7], t[6])[1]:02d}",
    "W": lambda t: f"{(t[7] + 6 - t[6]) // 7:02d}",
    "Y": lambda t: str(t[0]),
    "Z": lambda t: t[9],
    "a": lambda t: _DAYS[t[6]][:3],
    "b": lambda t: _MONTHS[t[1] - 1][:3],
    "c": lambda t: f"{_DAYS[t[6]][:3]} {_MONTHS[t[1] - 1][:3]} {t[2]:2d} {t[3]:02d}:{t[4]:02d}:{t[5]:02d} {t[0]}",
    "d": lambda t: f"{t[2]:02d}",
    "e": lambda t: f"{t[2]:2d}",
    "g": lambda t: f"{_iso_week(t[0], t[7], t[6])[0] % 100:02d}",
    "j": lambda t: f"{t[7]:03d}",
    "k": lambda t: f"{t[3]:2d}",
    "l": lambda t: f"{_twelve(t[3]):2d}",
    "m": lambda t: f"{t[1]:02d}",
    "n": lambda t: "\n",
    "p": lambda t: _half(t[3]),
    "r": lambda t: f"{_twelve(t[3]):02d}:{t[4]:02d}:{t[5]:02d} {_half(t[3])}",
    "s": lambda t: str(int(mktime(t[:9]))),
    "t": lambda t: "\t",
    "u": lambda t: str(t[6] + 1),
    "w": lambda t: str((t[6] + 1) % 7),
    "y": lambda t: f"{t[0] % 100:02d}",
    "z": lambda t: _offset(t[10]),
}
_DIRECTIVES.update(X=_DIRECTIVES["T"], x=_DIRECTIVES["D"], h=_DIRECTIVES["b"])


def _flagged(text, flag):
    """Apply a flag of the C library's `strftime` to a directive's text."""
    if flag == "^":
        return text.upper()
    if flag == "#":
        return text.lower() if text.isupper() else text.upper()
    if flag == "-":
        return text.lstrip("0 ") or text[-1:] if text.strip().isdigit() else text
    if flag == "_" and text.isdigit():
        return (text.lstrip("0") or "0").rjust(len(text))
    return text


def strftime(format, time_tuple=None, /):
    """Return a time as text after a format, in the C locale. What is no directive stays as it is."""
    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    value = gmtime() if time_tuple is None else time_tuple
    fields = _checked(value, "strftime")
    zone, offset = getattr(value, "tm_zone", None) or "UTC", getattr(value, "tm_gmtoff", None) or 0
    fields += zone, offset
    parts = []
    position = 0
    while (found := format.find("%", position)) >= 0:
        parts.append(format[position:found])
        end = found + 1
        flag = format[end : end + 1] if format[end : end + 1] in ("-", "_", "^", "#", "0") else ""
        end += len(flag)
        if format[end : end + 1] in ("E", "O"):
            end += 1
        directive = _DIRECTIVES.get(format[end : end + 1])
        position = end + 1
        parts.append(_flagged(directive(fields), flag) if directive else format[found:position])
    parts.append(format[position:])
    return "".join(parts)


def strptime(string, format="%a %b %d %H:%M:%S %Y", /):
    """Parse a text after a format into a struct_time."""
    import _strptime

    return _strptime._strptime_time(string, format)
