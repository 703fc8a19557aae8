"""Which pages of results are linked from one of them."""

from dataclasses import dataclass

from search.queries import SearchRequest

#: How many neighbours are named on each side.
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page's number and address; without a number it stands for pages left out."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The way from one page to the others; an empty address leads nowhere."""

    previous_url: str
    next_url: str
    page_links: tuple[PageLink, ...]


def page_links(request: SearchRequest, last_page: int) -> PageLinks | None:
    """Link the first, the last and the neighbouring pages, or nothing when there is only one."""
    if last_page < 2:
        return None
    current = min(request.page, last_page)
    near = range(current - _NEIGHBOURS, current + _NEIGHBOURS + 1)
    shown = sorted({1, last_page, *(number for number in near if 1 <= number <= last_page)})
    numbers: list[PageLink] = []
    for number in shown:
        if numbers and numbers[-1].number is not None and number > numbers[-1].number + 1:
            numbers.append(PageLink(None))
        numbers.append(PageLink(number, request.on_page(number).address, number == current))
    return PageLinks(
        previous_url=request.on_page(current - 1).address if current > 1 else "",
        next_url=request.on_page(current + 1).address if current < last_page else "",
        page_links=tuple(numbers),
    )
