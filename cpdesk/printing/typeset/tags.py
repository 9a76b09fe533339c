"""What stands on the pages, for a voice that reads them: headings, paragraphs, lists, tables, pictures, in their order.

Every stroke of a page lies between marks: what is text belongs to an element of this tree, what is not (lines,
grounds, ornaments, the foot of a page) is an artifact and is not read (ISO 32000-1, 14.7 and 14.8). Parts of one block
on several pages are one element.
"""

from __future__ import annotations

from collections.abc import Sequence


class Element:
    """One element of the tree. `kids` are elements, (page, mark) pairs, or the numbers of annotations."""

    __slots__ = ("entries", "kids", "name", "number", "owner", "sole")

    def __init__(self, name: str, owner: Element | None, entries: str = "", sole: bool = False) -> None:
        self.name, self.owner, self.entries = name, owner, entries
        self.sole = sole  # the one text in it belongs to it straight away, not to a paragraph of its own
        self.kids: list[Element | tuple[int, int] | int] = []
        self.number = 0
        if owner is not None:
            owner.kids.append(self)


class Tags:
    """The tree of one document, grown while its pages are painted."""

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self.inside: Element | None = self.root  # where the next block stands; None: it is not read
        self.annotations: list[str] = []  # those of links, by the names under which ReportLab knows them
        self._pages = 0
        self._page: list[Element] = []  # to whom the marks of the page that is being painted belong
        self._owners: list[Element | list[Element]] = []  # the same of full pages, and of annotations, in one count
        self._known: dict[object, Element] = {}

    def turn(self) -> int:
        """A page is full; its number among those that own something."""
        self._owners.append(self._page)
        self._page = []
        self._pages += 1
        return len(self._owners) - 1

    def element(self, name: str, block: object, entries: str = "", sole: bool = False) -> Element:
        """The element of `block`, which may have begun on an earlier page; it stands in the one that is open."""
        found = self._known.get(block)
        if found is None:
            found = self._known[block] = Element(name, self.inside, entries, sole)
        return found

    def item(self, indent: float, block: object) -> tuple[Element, Element]:
        """The label and the text of an item of a list; neighbours with one indent are of one list."""
        found = self._known.get((block, "item"))
        if found is None:
            assert self.inside is not None
            last = self.inside.kids[-1] if self.inside.kids else None
            list_ = self._known.get((self.inside, indent))
            if list_ is None or last is not list_:
                list_ = self._known[self.inside, indent] = Element("L", self.inside)
            item = Element("LI", list_)
            Element("Lbl", item)
            found = self._known[block, "item"] = Element("LBody", item)
        assert found.owner is not None
        label = found.owner.kids[0]
        assert isinstance(label, Element)
        return label, found

    def figure(self, told: str, sides: Sequence[float], block: object) -> Element:
        """The element of a picture, which `told` says in words; `sides` are those of its place on the page."""
        words = ("\ufeff" + told).encode("utf-16-be").hex()
        box = " ".join(f"{side:.2f}" for side in sides)
        return self.element("Figure", block, f"/Alt<{words}>/A<</O/Layout/BBox[{box}]>>")

    def mark(self, element: Element) -> int:
        """The number of the next marked stretch of this page, which belongs to `element`."""
        self._page.append(element)
        element.kids.append((self._pages, len(self._page) - 1))
        return len(self._page) - 1

    def link(self, element: Element, name: str) -> int:
        """The annotation `name` stands over a part of the link `element`; its number among those that own something."""
        element.kids.append(len(self.annotations))
        self.annotations.append(name)
        self._owners.append(element)
        return len(self._owners) - 1

    def elements(self) -> list[Element]:
        """All elements, those above before those below."""
        out, waiting = [], [self.root]
        while waiting:
            element = waiting.pop()
            out.append(element)
            waiting += (kid for kid in reversed(element.kids) if isinstance(kid, Element))
        return out

    def objects(self, first: int, pages: Sequence[int], annotations: Sequence[int]) -> list[bytes]:
        """The objects of the tree, numbered from `first`: its root, who owns the marks of each page, the elements.

        `pages` and `annotations` are the numbers of those objects.
        """
        elements = self.elements()
        for number, element in enumerate(elements, first + 2):
            element.number = number
        owners = " ".join(f"{n} {_numbers(owner)}" for n, owner in enumerate(self._owners))
        next_ = len(self._owners)
        out = [
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree {first + 1} 0 R/ParentTreeNextKey {next_}>>",
            f"<</Nums[{owners}]>>",
        ]
        out += (_written(element, first, pages, annotations) for element in elements)
        return [text.encode("latin-1") for text in out]


def _numbers(owner: Element | list[Element]) -> str:
    if isinstance(owner, Element):
        return f"{owner.number} 0 R"
    return f"[{' '.join(f'{element.number} 0 R' for element in owner)}]"


def _written(element: Element, root: int, pages: Sequence[int], annotations: Sequence[int]) -> str:
    owner = element.owner.number if element.owner else root
    own = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid, int):
            kids.append(f"<</Type/OBJR/Obj {annotations[kid]} 0 R>>")
        elif kid[0] == own:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    page = f"/Pg {pages[own]} 0 R" if own is not None else ""
    told = f"/K {kids[0]}" if len(kids) == 1 and kids[0][-1] != ">" else f"/K[{' '.join(kids)}]" if kids else ""
    return f"<</S/{element.name}/P {owner} 0 R{page}{element.entries}{told}>>"
