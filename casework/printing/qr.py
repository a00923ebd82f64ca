"""The verification code on a paper."""

import segno


def address(base_url: str, token: str) -> str:
    """Where a paper is verified: https://…/v/TOKEN/. The token says nothing about the paper or a person."""
    return f"{base_url.rstrip('/')}/v/{token}/"


def svg_data_uri(text: str) -> str:
    """A QR code (error level M, four modules of margin) as an SVG image for `src`."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=4, omitsize=True, dark="#000", light="#fff")
