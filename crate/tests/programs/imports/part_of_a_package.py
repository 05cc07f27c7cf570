"""A part that a package of the standard library has elsewhere: what serves in its place is named."""

import xml.etree.ElementTree

import xml.dom.minidom

# reports: ModuleNotFoundError: No module named 'xml.dom'
# reports: `xml.etree.ElementTree` reads and writes XML here.
# outcome: raised 1
