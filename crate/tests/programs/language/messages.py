# Built-in errors have CPython's words.
import abc


def told(call):
    try:
        call()
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def unbound():
    print(later)
    later = 1


class Shape(abc.ABC):
    @abc.abstractmethod
    def width(self): ...

    @abc.abstractmethod
    def area(self): ...


class Flat(Shape):
    def width(self): ...


class Needs:
    def __init__(self, width):
        pass


told(unbound)
# prints: UnboundLocalError: cannot access local variable 'later' where it is not associated with a value
told(Shape)
# prints: TypeError: Can't instantiate abstract class Shape without an implementation for abstract methods 'area', 'width'
told(Flat)
# prints: TypeError: Can't instantiate abstract class Flat without an implementation for abstract method 'area'
told(lambda: Needs(widht=1))
# prints: TypeError: Needs.__init__() got an unexpected keyword argument 'widht'. Did you mean 'width'?
told(lambda: {[]: 1})  # prints: TypeError: cannot use 'list' as a dict key (unhashable type: 'list')
told(lambda: {[]})  # prints: TypeError: cannot use 'list' as a set element (unhashable type: 'list')
told(lambda: [].append())  # prints: TypeError: list.append() takes exactly one argument (0 given)
told(lambda: [].reverse(1))  # prints: TypeError: list.reverse() takes no arguments (1 given)
told(lambda: len())  # prints: TypeError: len() takes exactly one argument (0 given)
told(lambda: str.upper())  # prints: TypeError: unbound method str.upper() needs an argument
told(lambda: [].remove(1))  # prints: ValueError: list.remove(x): x not in list
told(lambda: [] + ())  # prints: TypeError: can only concatenate list (not "tuple") to list
told(lambda: b"" + "")  # prints: TypeError: can't concat str to bytes
told(lambda: reversed(5))  # prints: TypeError: 'int' object is not reversible
told(lambda: eval(5))  # prints: TypeError: eval() arg 1 must be a string, bytes or code object
told(lambda: print(sep=5))  # prints: TypeError: sep must be None or a string, not int
told(lambda: 2.0**5000)  # prints: OverflowError: (34, 'Numerical result out of range')


def raises_a_number():
    raise 5


told(raises_a_number)  # prints: TypeError: exceptions must derive from BaseException


def catches_a_number():
    try:
        1 / 0
    except 5:
        pass


told(catches_a_number)
# prints: TypeError: catching classes that do not inherit from BaseException is not allowed


def slices():
    [1][0:1] = 5


told(slices)  # prints: TypeError: must assign iterable to extended slice

# The sum of floats keeps what rounding would lose.
print(sum([0.1] * 10), sum([1e100, 1.0, -1e100]), sum([True, 0.5]), sum([], -0.0))  # prints: 1.0 1.0 1.5 -0.0
print(quit, exit)  # prints: Use quit() or Ctrl-D (i.e. EOF) to exit Use exit() or Ctrl-D (i.e. EOF) to exit
