"""What becomes of a snippet, apart from the tools that find it."""

import stat
import sys
import tempfile
import unittest
from pathlib import Path

import markdown

from loopscope_docs.check import CheckFailed, check
from loopscope_docs.markdown import LoopscopeExtension
from loopscope_docs.snippet import Snippet, UnknownOption

REPORT = """{"files": [{"file": FILE, "stderr": "Traceback\\nValueError: no", "outcome": OUTCOME, "diagnostics": [
  {"rule": "blocking-call", "message": "time.sleep blocked the loop", "span": {"line": 5}}]}]}"""


def snippet(text="print(1 < 2)\n", **options):
    return Snippet.read(text, options, "page", 10)


class Html(unittest.TestCase):
    def test_the_code_is_readable_and_escaped(self):
        html = snippet().html()
        self.assertTrue(html.startswith("<loop-scope><div"))
        self.assertIn("&lt;", html)
        self.assertNotIn("1 < 2", html)

    def test_attributes_are_carried_over_and_escaped(self):
        html = snippet(panels='code "output"', live=None, seed="7").html()
        self.assertIn(' panels="code &quot;output&quot;" live seed="7"', html)

    def test_setup_is_kept_out_of_sight(self):
        one = snippet("import asyncio\n# --- the program ---\nprint(asyncio)")
        self.assertEqual((one.setup, one.code, one.line), ("import asyncio\n", "print(asyncio)\n", 12))
        self.assertIn("<pre data-setup hidden>\nimport asyncio\n</pre>", one.html())

    def test_an_unknown_option_is_refused(self):
        with self.assertRaises(UnknownOption):
            snippet(colour="red")
        with self.assertRaises(UnknownOption):
            snippet(height=None)


class Markdown(unittest.TestCase):
    def found(self, text):
        snippets = []
        extension = LoopscopeExtension(snippets.append, lambda: "page.md")
        html = markdown.markdown(text, extensions=["fenced_code", extension])
        return snippets, html

    def test_a_fence_becomes_a_snippet(self):
        snippets, html = self.found("Text\n\n```python loopscope expect=deadlock live\nprint(1)\n```\n\nMore\n")
        self.assertEqual([(one.code, one.line, set(one.expect)) for one in snippets], [("print(1)\n", 4, {"deadlock"})])
        self.assertIn("<loop-scope live>", html)
        self.assertNotIn("<p><loop-scope", html)
        self.assertIn("<p>More</p>", html)

    def test_other_fences_stay_as_they_are(self):
        snippets, html = self.found("```python\nprint(1)\n```\n")
        self.assertEqual(snippets, [])
        self.assertNotIn("loop-scope", html)


class Check(unittest.TestCase):
    def command(self, status=1, outcome='{"kind": "completed"}'):
        """A command that reports one finding in the fifth line of the program."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        path = folder / "loopscope"
        report = REPORT.replace("OUTCOME", outcome)
        path.write_text(
            f"#!{sys.executable}\nimport json, sys\n"
            f"print({report!r}.replace('FILE', json.dumps(sys.argv[-1])))\nsys.exit({status})\n"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    def test_a_finding_that_was_not_expected_has_its_line(self):
        text = "a\nb\n# --- the program ---\nc\nd\n"
        [problem] = check([snippet(text)], self.command())
        self.assertEqual(str(problem), "page:14: blocking-call: time.sleep blocked the loop")

    def test_one_that_was_expected_is_none(self):
        self.assertEqual(check([snippet(expect="blocking-call")], self.command()), [])

    def test_one_that_was_expected_and_does_not_come_is_one(self):
        [problem] = check([snippet(expect="blocking-call, deadlock")], self.command())
        self.assertIn("deadlock was expected", problem.message)

    def test_an_exception_is_one_unless_it_was_meant(self):
        raised = self.command(outcome='{"kind": "raised", "status": 1}')
        [problem] = check([snippet(expect="blocking-call")], raised)
        self.assertIn("ValueError: no", problem.message)
        self.assertEqual(check([snippet(expect="blocking-call", raises=None)], raised), [])

    def test_a_check_that_cannot_be_made_says_so(self):
        with self.assertRaises(CheckFailed):
            check([snippet()], self.command(status=2))
        with self.assertRaises(CheckFailed):
            check([snippet()], "/does/not/exist/loopscope")


if __name__ == "__main__":
    unittest.main()
