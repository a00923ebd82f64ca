"""Which files a material allows. What a file really is, and whether it is safe, is the kernel's to judge."""

from __future__ import annotations

from typing import Any

from django.core.files import File

from approvals.models import Material
from casework.inspection import surface
from casework.inspection.surface import Found
from casework.queries.verify import issued


def look(file: File, material: Material) -> Found:
    """Look into a file for one material. Raises FileRefused unless it is whole and what the material asks for."""
    content: Any = file.file
    return surface.look(content, file.name or "", file.size, material.kinds, material.most, issued)
