"""Compiles the generator form of a function; `_twins` says what that is.

The function's source is parsed again, and every call in it becomes `yield from go(callable)(arguments)`; so do the calls
that a `with` statement makes, and those of `iter(callable, sentinel)` in a `for`.
"""

import ast
from types import CodeType

import _loopscope
from _twins import AHEAD, EXIT, GENERATOR, GO, INFO, ITEM, LIBRARY, STEPS, TOOLS, WAIT

# Built-in functions that call nothing that could wait, unless the module has others of the same name.
_HARMLESS = {
    "abs", "all", "any", "bin", "bool", "bytearray", "bytes", "callable", "chr", "complex", "dict", "divmod", "enumerate",
    "float", "format", "frozenset", "hasattr", "getattr", "hash", "hex", "id", "int", "isinstance", "issubclass", "len", "list",
    "max", "memoryview", "min", "object", "oct", "ord", "pow", "range", "repr", "reversed", "round", "set", "setattr", "slice",
    "sorted", "str", "sum", "super", "tuple", "type", "vars", "zip", "ValueError", "RuntimeError", "TypeError", "KeyError",
    "Exception", "locals", "globals",
}

# CO_OPTIMIZED, which a class's body has not.
_FUNCTION = 0x1


def transform(code, names):
    """The code of a function's generator form, or None if it is called as it is."""
    path = code.co_filename
    if path.startswith(LIBRARY):
        source = _loopscope.library(path.removeprefix(LIBRARY))
    else:
        import linecache

        # The sources of packages are found by their loaders, not in the file tree.
        source = "".join(linecache.getlines(path, names))
    if not source:
        return None
    node = _find(code, source.splitlines(keepends=True))
    if node is None or (code.co_flags & GENERATOR and any(isinstance(part, _LEFT_ALONE) for part in ast.walk(node))):
        return None
    calls = _Calls(code.co_name, names)
    node.body = [statement for each in node.body for statement in _many(calls.visit(each))]
    if not calls.found:
        return None
    # What the function does is seen by others, who must have come to the same moment first.
    asks = ast.Call(ast.Name(AHEAD, ast.Load()), [], [])
    gives_way = ast.copy_location(ast.If(asks, [ast.Expr(ast.Yield(None))], []), node)
    node.body.insert(0, _placed(gives_way))
    return _compile(node, code)


def _placed(node, line=1, column=0, end_line=1, end_column=0):
    """Give a tree the places that are missing, each from the node around it; `ast`'s own function leaves garbage behind,
    which a collection would tell of as the program's."""
    if "lineno" in node._attributes:
        line = node.lineno = getattr(node, "lineno", line)
        column = node.col_offset = getattr(node, "col_offset", column)
        end_line = node.end_lineno = getattr(node, "end_lineno", None) or end_line
        end_column = node.end_col_offset = getattr(node, "end_col_offset", None) or end_column
    for child in ast.iter_child_nodes(node):
        _placed(child, line, column, end_line, end_column)
    return node


# What a generator may not have whose form is iterated over: it could give way where it is to end.
_LEFT_ALONE = ast.Try | ast.TryStar | ast.With | ast.YieldFrom


def _many(statements):
    return statements if isinstance(statements, list) else [statements]


def _find(code, lines):
    """Parse the function's own lines, and return its definition. A lambda becomes a function."""
    first = code.co_firstlineno
    last = max(_last_line(code), first)
    if code.co_name == "<lambda>":
        return _find_lambda(code, lines)
    # The last line of a function may hold nothing but closing brackets, which no instruction tells of.
    for end in range(last, min(last + 4, len(lines)) + 1):
        text = lines[first - 1 : end]
        indented = text[0][:1].isspace()
        try:
            module = ast.parse(("if 1:\n" if indented else "") + "".join(text))
        except SyntaxError:
            continue
        node = (module.body[0].body if indented else module.body)[0]
        if isinstance(node, ast.FunctionDef):
            ast.increment_lineno(node, first - (2 if indented else 1))
            node.decorator_list = []
            return node
        return None
    return None


def _find_lambda(code, lines):
    places = [place for place in code.co_positions() if place[0] and place[3]]
    if not places:
        return None
    start = min((line, column) for line, _, column, _ in places[1:])
    end = max((line, column) for _, line, _, column in places)
    text = lines[start[0] - 1 : end[0]]
    text[-1] = text[-1].encode()[: end[1]].decode()
    text[0] = text[0].encode()[start[1] :].decode()
    try:
        body = ast.parse("(" + "".join(text) + "\n)", mode="eval").body
    except SyntaxError:
        return None
    ast.increment_lineno(body, start[0] - 1)
    names = code.co_varnames
    count = code.co_argcount
    keyword = count + code.co_kwonlyargcount
    rest = list(names[keyword:])
    arguments = ast.arguments(
        [ast.arg(name) for name in names[: code.co_posonlyargcount]],
        [ast.arg(name) for name in names[code.co_posonlyargcount : count]],
        ast.arg(rest.pop(0)) if code.co_flags & 4 else None,
        [ast.arg(name) for name in names[count:keyword]],
        [None] * code.co_kwonlyargcount,
        ast.arg(rest.pop(0)) if code.co_flags & 8 else None,
        [],
    )
    node = ast.FunctionDef("<lambda>", arguments, [ast.copy_location(ast.Return(body), body)], [], type_params=[])
    return ast.copy_location(node, body)


def _last_line(code):
    last = max((line for _, line, _, _ in code.co_positions() if line), default=code.co_firstlineno)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            last = max(last, _last_line(constant))
    return last


def _compile(node, code):
    """Compile a definition in surroundings that give it the same closure and the same private names."""
    node.args.defaults = [ast.Constant(None) for _ in node.args.defaults]
    node.args.kw_defaults = [default and ast.Constant(None) for default in node.args.kw_defaults]
    _without_annotations(node)
    body = node
    owner = _class_around(code.co_qualname.split("."))
    if owner is not None:
        body = ast.ClassDef(owner, [], [], [body], [], type_params=[])
    outer = [*TOOLS, *(name for name in code.co_freevars if name != "__class__")]
    arguments = ast.arguments([], [ast.arg(name) for name in outer], None, [], [], None, [])
    # What the definition binds in the shell is global to the function, unless it closes over that very name.
    bound = [] if body.name in outer else [ast.Global([body.name])]
    shell = ast.FunctionDef("<shell>", arguments, [*bound, body], [], type_params=[])
    module = _placed(ast.copy_location(shell, node))
    module = ast.Module([module], [])
    compiled = compile(_placed(module), code.co_filename, "exec", dont_inherit=True)
    made = _inner(compiled, node.name)
    # Its first line, which that of a decorator is not any more, stays: the others are counted from it.
    return made.replace(co_qualname=code.co_qualname)


def _class_around(parts):
    """The class in whose body a function of this qualified name was written, directly or not."""
    place = len(parts) - 2
    while place >= 0:
        if parts[place] != "<locals>":
            return parts[place]
        place -= 2
    return None


def _without_annotations(node):
    node.returns = None
    arguments = node.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None:
            argument.annotation = None


def _inner(code, name):
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_name == name and constant.co_flags & _FUNCTION:
                return constant
            found = _inner(constant, name)
            if found is not None:
                return found
    return None


class _Calls(ast.NodeTransformer):
    """Rewrites the calls of one function."""

    def __init__(self, name, names):
        self.name = name
        self.names = names
        self.found = False
        self.count = 0

    def visit_Call(self, node):
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name):
            if function.id in _HARMLESS and function.id not in self.names:
                return node
        # A function that calls only itself has nothing to wait for.
        if not isinstance(function, ast.Name) or function.id != self.name:
            self.found = True
        return self._go(node, function, node.args, node.keywords)

    def _go(self, place, function, arguments, keywords=()):
        found = ast.Call(ast.Name(GO, ast.Load()), [function], [])
        made = ast.YieldFrom(ast.Call(found, list(arguments), list(keywords)))
        for node in (found.func, found, made.value, made):
            ast.copy_location(node, place)
        return made

    def visit_Yield(self, node):
        self.generic_visit(node)
        given = ast.Constant(None) if node.value is None else node.value
        item = ast.Call(ast.Name(ITEM, ast.Load()), [given], [])
        return _placed(ast.copy_location(ast.Yield(item), node))

    def _new_name(self):
        self.count += 1
        return f"<{self.count}>"

    def visit_With(self, node):
        """The statement as the language reference spells it out, with calls that can give way."""
        self.found = True
        if len(node.items) > 1:
            inner = ast.copy_location(ast.With(node.items[1:], node.body), node)
            node = ast.copy_location(ast.With(node.items[:1], [inner]), node)
        item = node.items[0]
        place = item.context_expr
        manager, leave, unharmed = self._new_name(), self._new_name(), self._new_name()

        def load(name):
            return ast.copy_location(ast.Name(name, ast.Load()), place)

        def store(name, value):
            return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), place)

        enter = self._go(place, ast.Attribute(load(manager), "__enter__", ast.Load()), [])
        target = item.optional_vars
        entered = ast.Assign([target], enter) if target is not None else ast.Expr(enter)
        ast.copy_location(entered, place)
        body = [statement for each in node.body for statement in _many(self.visit(each))]
        info = ast.Starred(ast.Call(load(INFO), [], []), ast.Load())
        refused = ast.UnaryOp(ast.Not(), self._go(place, load(leave), [info]))
        handler = ast.ExceptHandler(None, None, [store(unharmed, ast.Constant(False)), ast.If(refused, [ast.Raise()], [])])
        nothing = [ast.Constant(None) for _ in range(3)]
        finish = ast.If(load(unharmed), [ast.Expr(self._go(place, load(leave), nothing))], [])
        guarded = ast.Try([ast.Try(body, [handler], [], [])], [], [], [finish])
        if target is not None:
            # The assignment to the target is guarded too.
            value = self._new_name()
            entered = store(value, enter)
            assign = ast.copy_location(ast.Assign([target], load(value)), place)
            guarded.body[0].body = [assign, *body]
        found = self._exit_of(place, load(manager))
        statements = [store(manager, self.visit(place)), store(leave, found), entered, store(unharmed, ast.Constant(True)), guarded]
        return [_placed(ast.copy_location(statement, place)) for statement in statements]

    def _exit_of(self, place, manager):
        return ast.copy_location(ast.Call(ast.Name(EXIT, ast.Load()), [manager], []), place)

    def visit_For(self, node):
        """`for item in iter(callable, sentinel)` calls in each turn."""
        call = node.iter
        is_calling = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "iter"
        if not is_calling or len(call.args) != 2 or call.keywords or "iter" in self.names:
            return self._steps_of(node)
        self.found = True
        body = [statement for each in node.body for statement in _many(self.visit(each))]
        otherwise = [statement for each in node.orelse for statement in _many(self.visit(each))]
        first, second = (self.visit(argument) for argument in call.args)
        function, sentinel, value = self._new_name(), self._new_name(), self._new_name()
        place = call

        def load(name):
            return ast.Name(name, ast.Load())

        prepare = [
            ast.Assign([ast.Name(function, ast.Store())], first),
            ast.Assign([ast.Name(sentinel, ast.Store())], second),
        ]
        called = ast.NamedExpr(ast.Name(value, ast.Store()), self._go(place, load(function), []))
        test = ast.UnaryOp(ast.Not(), ast.Compare(called, [ast.Eq()], [load(sentinel)]))
        assign = ast.Assign([node.target], load(value))
        loop = ast.While(test, [assign, *body], otherwise)
        return [_placed(ast.copy_location(statement, place)) for statement in (*prepare, loop)]

    def _steps_of(self, node):
        """An iteration over a file or a generator waits between its steps."""
        self.generic_visit(node)
        if not isinstance(node.iter, ast.Name | ast.Attribute | ast.YieldFrom):
            return node
        place = node.iter
        step = self._new_name()
        waits = ast.Compare(ast.Name(step, ast.Load()), [ast.Is()], [ast.Name(WAIT, ast.Load())])
        give_way = ast.If(waits, [ast.Expr(ast.Yield(None)), ast.Continue()], [])
        assign = ast.Assign([node.target], ast.Name(step, ast.Load()))
        iterable = ast.Call(ast.Name(STEPS, ast.Load()), [node.iter], [])
        node.target = ast.Name(step, ast.Store())
        node.iter = iterable
        node.body = [give_way, assign, *node.body]
        for new in (give_way, assign, node.target, iterable):
            _placed(ast.copy_location(new, place))
        return node

    def _leave_alone(self, node):
        return node

    # Code of its own, which gets forms of its own when it is called.
    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = _leave_alone

    def _only_first_iterable(self, node):
        """A comprehension cannot give way, except where it takes what it iterates over."""
        node.generators[0].iter = self.visit(node.generators[0].iter)
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _only_first_iterable
