"""stub"""


def rows(sheet, words):
    return []


def shown(sheet, column, words):
    return ""


def untouched(sheet, texts):
    return False
