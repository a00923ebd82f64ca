"""A procedure as the legal office reads it: the sheet that it signs, and the chart. Pure: tables in, text out."""

from casework.sheets.chart import chart
from casework.sheets.library import house_words
from casework.sheets.sheet import sheet
from casework.sheets.words import Words

__all__ = ["Words", "chart", "house_words", "sheet"]
