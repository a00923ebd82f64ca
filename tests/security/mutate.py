"""Takes the portal's permission checks out, one at a time, in the running process: the matrix has to notice each.

A mutant is a function whose code is compiled anew with one check less; nothing is written to disk.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from tests.security.matrix import routes
from tests.security.policy import RULES

DENIALS = {"PermissionDenied", "Http404", "NotAllowed"}
# In these functions every condition is one of permission; of the others only those that end in a denial.
WHOLE: dict[str, tuple[str, ...]] = {
    "casework.queries.rights": (
        "Standing.__init__", "Standing.seats_in", "Standing.keeps_out", "Standing.visible", "Standing._granted",
        "Standing.actors", "Standing._public", "Standing._seat_fits",
    ),
    "casework.queries.worklist": ("shares", "elsewhere", "at_home", "_few_shares"),
    "casework.queries.file": ("CaseFile._is_told", "CaseFile.may_open", "CaseFile.shown_documents", "read"),
    "casework.queries.inbox": ("notices",),
    "casework.actions.desk": ("drop_view", "read_all_notices"),
    "accounts.queries": ("seats", "delegated", "representations", "person_may_act_for", "recused"),
    "accounts.permissions": ("Snapshot.holds", "Snapshot.party"),
    "accounts.middleware": ("Gate.process_view",),
}  # fmt: skip
# Of these modules every function that ends in a denial, or that asks only for what is the person's own.
DENYING = (
    "casework.views.trail", "casework.views.party", "casework.views.step", "casework.views.bulk",
    "casework.views.inbox", "casework.views.uploads", "casework.views.case", "casework.views.delegation",
    "casework.api", "approvals.views.pages", "approvals.views.materials", "approvals.views.my",
    "approvals.views.window", "approvals.views.apply", "approvals.api", "accounts.views.profile",
    "accounts.views.manage",
)  # fmt: skip
EVERYTHING = "__import__('django.db.models').db.models.Q()"
OWNING = {"owner", "user", "to", "draft__owner", "draft"}  # arguments of a query that make it somebody's


# Conditions in those functions that decide nothing about a right: what is asked only to spare a query, the order of a
# page, a type that is certain, a second condition that says the same. Taking them out makes no hole.
EQUIVALENT = (
    "Standing.__init__: call isinstance", "Standing.__init__: ifexp people.delegated", "keeps_out: compare self",
    "Standing.visible: ifexp", "Standing.visible: boolop not self.seats", "Standing.visible: unaryop not self",
    "Standing.visible: binop", "Standing.visible: call each.subject.startswith", "_granted: keyword content_type",
    "Standing.actors: ifexp case.part", "Standing.actors: ifexp STAFF_RECORDS", "Standing.actors: name found",
    "visible: compare self.user is None", "actors: compare self.user is None", "visible: attribute seat.service_point",
    "_seat_fits: attribute", "_shares: ifexp", "queue._shares: attribute", "_is_told: compare row is not None",
    "worklist.elsewhere: ifexp",
    "inbox.notices: keyword channel", "inbox.notices: keyword read_at", "inbox.notices: keyword pk__lt",
    "inbox.notices: ifexp", "drop_view: keyword pk", "read_all_notices: keyword channel",
    "read_all_notices: keyword read_at", "queries.file.read: ", "process_view: ifexp", "process_view: keyword user",
    "process_view: call Authenticator", "unaryop not item.is_open", "boolop item is None", "boolop wanted is None",
    "boolop chosen is None", "boolop row is None", "profile.profile: ", "manage.user: ", "materials.shown",
    # Disabled accounts have no session that lives, so that these are a second lock.
    "queries.seats: unaryop not user.is_active", "queries.delegated: unaryop", "queries.representations: unaryop",
    "queries.person_may_act_for: unaryop",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One check less. `apply` takes it out while it is entered."""

    name: str
    routes: tuple[str, ...]
    apply: Callable[[], Any]


def mutants() -> Iterator[Mutant]:
    """All of them, those of single routes first."""
    yield from _without_sign_in()
    yield from _without_seat()
    for module, functions in WHOLE.items():
        for function in functions:
            yield from filter(_decides, _of_function(module, function, whole=True))
    for module in DENYING:
        for function in _functions(importlib.import_module(module)):
            yield from filter(_decides, _of_function(module, function, whole=False))


def _decides(mutant: Mutant) -> bool:
    return not any(words in mutant.name for words in EQUIVALENT)


def _functions(home: Any) -> Iterator[str]:
    """Functions of a module and methods of its classes, as they are written there."""
    for node in ast.parse(inspect.getsource(home)).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef))


def _without_sign_in() -> Iterator[Mutant]:
    """Every page that asks for an account is opened to whoever comes; every part of the API likewise."""
    for route, view in routes().items():
        cls = getattr(view, "cls", None)
        if route not in RULES or RULES[route].public:
            continue
        if cls is not None and issubclass(cls, APIView):
            yield Mutant(f"{route}: no account needed", (route,), _patched(cls, "permission_classes", [AllowAny]))
        elif getattr(view, "login_required", True) and not view.__module__.startswith("allauth"):  # it asks by itself
            yield Mutant(f"{route}: no account needed", (route,), _patched(view, "login_required", False))


def _without_seat() -> Iterator[Mutant]:
    """The administrators' pages without asking for the seat."""

    def model(view: Any, allowed: Any) -> Callable[..., Any]:
        def checked(request: Any, *args: Any, **kwargs: Any) -> Any:
            return (allowed, view)[1](request, *args, **kwargs)

        return checked

    for route, view in routes().items():
        for function in _wrapped(view):
            if route.startswith("accounts:manage") and function.__code__.co_qualname.endswith("checked"):
                yield Mutant(f"{route}: no seat needed", (route,), _swapped(function, model(0, 0).__code__))


def _of_function(module: str, qualname: str, whole: bool) -> Iterator[Mutant]:
    home = importlib.import_module(module)
    source = inspect.getsource(home)
    count = _Remover(qualname, whole, -1).count(ast.parse(source))
    if not count:
        return
    function = _find(home, qualname)
    for number in range(count):
        remover = _Remover(qualname, whole, number)
        tree = ast.fix_missing_locations(remover.visit(ast.parse(source)))
        code = _code_in(compile(tree, inspect.getfile(home), "exec"), qualname)
        yield Mutant(f"{module}.{qualname}: {remover.what}", ROUTES_OF.get(module, ()), _swapped(function, code, home))


class _Remover(ast.NodeTransformer):
    """Takes out the check with this number within one function."""

    def __init__(self, qualname: str, whole: bool, number: int) -> None:
        self.qualname, self.whole, self.number = qualname.split("."), whole, number
        self.seen, self.depth, self.what = 0, 0, ""

    def count(self, tree: ast.AST) -> int:
        self.visit(tree)
        return self.seen

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._enter(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._enter(node)

    def _enter(self, node: Any) -> ast.AST:
        if self.depth < len(self.qualname) and node.name != self.qualname[self.depth]:
            return node
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1
        return node

    def _takes(self, node: ast.AST) -> bool:
        """Whether it is this one's turn."""
        if self.depth < len(self.qualname):
            return False
        self.seen += 1
        if self.seen - 1 != self.number:
            return False
        self.what = f"{type(node).__name__.lower()} {ast.unparse(node).splitlines()[0][:90]}"
        return True

    def visit_If(self, node: ast.If) -> ast.AST:
        if not self.whole and _nothing_there(node.test):
            return self.generic_visit(node)
        denies = len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and _denial(node.body[0])
        returns = self.whole and isinstance(node.body[-1], ast.Return)
        if (denies or returns) and not _grants(node) and self._takes(node.test):
            node.test = _kept(node.test, ast.Constant(False))
            return node
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        if self.whole and self._takes(node):
            return _kept(node.test, node.body if ast.unparse(node.orelse) in ("[]", "None") else node.orelse)
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self.whole and isinstance(node.op, ast.And):
            for place, value in enumerate(node.values):
                if self._takes(value):
                    node.values[place] = _kept(value, ast.Constant(True))
                    return node
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        for place, condition in enumerate(node.ifs):
            if self.whole and not isinstance(condition, ast.BoolOp) and self._takes(condition):
                node.ifs[place] = _kept(condition, ast.Constant(True))
                return node
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("filter", "exclude", "at"):
            for keyword in node.keywords:
                if keyword.arg and (self.whole or keyword.arg in OWNING) and self._takes(keyword):
                    keyword.arg, keyword.value = None, _kept(keyword.value, ast.Dict([], []))
                    return node
            for place, argument in enumerate(node.args):
                if self.whole and node.func.attr == "filter" and self._takes(argument):
                    everything = ast.parse("__import__('django.db.models').db.models.Q()", mode="eval").body
                    node.args[place] = _kept(argument, everything)
                    return node
            if self.whole and node.func.attr == "at" and self._takes(node):
                return ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
        if isinstance(node.func, ast.Name) and node.func.id == "get_object_or_404":
            for keyword in node.keywords:
                if keyword.arg in OWNING and self._takes(keyword):
                    keyword.arg, keyword.value = None, _kept(keyword.value, ast.Dict([], []))
                    return node
        return self.generic_visit(node)


def _denial(statement: ast.Raise) -> bool:
    called = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(called, ast.Name) and called.id in DENIALS


def _nothing_there(test: ast.expr) -> bool:
    """`if x is None: raise Http404` says that there is no such thing; whose it is, the query before it has asked."""
    one = test.ops[0] if isinstance(test, ast.Compare) and len(test.ops) == 1 else None
    return isinstance(one, ast.Is | ast.NotIn)


def _grants(node: ast.If) -> bool:
    """A condition under which somebody is let in: to take it out shuts a door, which is no hole."""
    last = node.body[-1]
    given = ast.unparse(last.value) if isinstance(last, ast.Return) and last.value else ""
    return given in ("True", "cases") or (given == "None" and len(node.body) == 1)


def _kept(value: ast.expr, instead: ast.expr) -> ast.expr:
    """`instead`, with the value still worked out: closures keep their variables."""
    return ast.Subscript(ast.Tuple([value, instead], ast.Load()), ast.Constant(1), ast.Load())


def _find(home: Any, qualname: str) -> FunctionType:
    found: Any = home
    for name in qualname.split("."):
        found = inspect.getattr_static(found, name) if inspect.isclass(found) else getattr(found, name)
    found = getattr(found, "fget", None) or getattr(found, "func", None) or found
    return next(each for each in _wrapped(found) if each.__code__.co_qualname == qualname)


def _wrapped(view: Any) -> Iterator[FunctionType]:
    """A function and those that its decorators wrap."""
    while view is not None:
        if isinstance(view, FunctionType):
            yield view
        view = getattr(view, "__wrapped__", None)


def _code_in(code: CodeType, qualname: str) -> CodeType:
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    for each in inner:
        if each.co_qualname == qualname:
            return each
    return next(_code_in(each, qualname) for each in inner if qualname.startswith(f"{each.co_qualname}."))


def _patched(target: Any, name: str, value: Any) -> Callable[[], Any]:
    @contextmanager
    def apply() -> Iterator[None]:
        had, before = name in vars(target), getattr(target, name, None)
        setattr(target, name, value)
        try:
            yield
        finally:
            setattr(target, name, before) if had else delattr(target, name)

    return apply


def _swapped(function: FunctionType, code: CodeType, home: Any = None) -> Callable[[], Any]:
    @contextmanager
    def apply() -> Iterator[None]:
        before = function.__code__
        function.__code__ = code
        _forget(home)
        try:
            yield
        finally:
            function.__code__ = before
            _forget(home)

    return apply


def _forget(home: Any) -> None:
    """Statements that a module remembers were written by the function as it was."""
    for each in vars(home).values() if home else ():
        if hasattr(each, "cache_clear"):
            each.cache_clear()


_CASE = (
    "casework:document", "interested", "casework:case", "casework:step", "casework:reveal", "api-case", "my-correct",
    "casework:assign", "api-take",
)  # fmt: skip
_DRAFT = ("apply-tasks", "apply-file", "apply-remove", "api-draft", "api-draft-file")
# Where a module's checks show; nothing: where its own views are.
ROUTES_OF: dict[str, tuple[str, ...]] = {
    "casework.queries.rights": _CASE,
    "casework.queries.worklist": (),
    "casework.queries.file": _CASE,
    "casework.queries.inbox": ("casework:notices",),
    "casework.actions.desk": ("casework:drop_view", "casework:read_all"),
    "accounts.queries": ("accounts:contact", "accounts:authorise", "accounts:revoke", "intake", *_CASE),
    "accounts.permissions": ("accounts:choose_identity", "accounts:manage_users", "accounts:manage_act"),
    "accounts.middleware": (
        "casework:desk", "me", "casework:mine", "api-cases", "mfa_index", "casework:views", "account_change_password",
    ),
    "casework.views.trail": ("casework:desk", "casework:views", "casework:export", *_CASE),
    "casework.views.party": ("casework:reveal",),
    "casework.views.step": ("casework:step",),
    "casework.views.bulk": ("casework:assign",),
    "casework.views.inbox": ("casework:open_notice",),
    "casework.views.uploads": ("casework:upload",),
    "casework.views.case": ("casework:document",),
    "casework.api": ("api-case", "api-steps", "api-take"),
    "approvals.views.pages": _DRAFT,
    "approvals.views.materials": _DRAFT,
    "approvals.views.my": ("my-correct", "my-correct-file", "my-correct-remove"),
    "approvals.views.window": ("intake", "interested"),
    "approvals.views.apply": ("apply",),
    "approvals.api": ("api-drafts", "api-draft", "api-draft-file", "api-draft-files", "api-submission"),
    "accounts.views.profile": (
        "accounts:contact", "accounts:authorise", "accounts:revoke", "accounts:choose_identity",
        "accounts:register_entity",
    ),
    "accounts.views.manage": ("accounts:manage_propose", "accounts:manage_act"),
}  # fmt: skip
