"""What every operation of the API has in common, said once in its description."""

from __future__ import annotations

from typing import Any

PROBLEM = {"$ref": "#/components/schemas/Problem"}
METHODS = {"get", "post", "put", "patch", "delete"}


def describe_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Every refusal, foreseen by name or not, is application/problem+json (a hook of drf-spectacular)."""
    for operations in result["paths"].values():
        for method in METHODS & operations.keys():
            responses = operations[method]["responses"]
            for code in [code for code in responses if code.startswith(("4", "5"))] + ["4XX"]:
                known = responses.get(code, {}).get("description", "")
                words = known or "请求没有被接受，原因见答复。"
                responses[code] = {"description": words, "content": {"application/problem+json": {"schema": PROBLEM}}}
    return result
