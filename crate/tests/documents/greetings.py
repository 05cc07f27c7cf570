"""Greets, for the documents."""


def greet():
    print("hello")
