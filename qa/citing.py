"""Cite the exact words of an article."""

from vectorstore import ArticleIndex

from .answer import Citation

__all__ = ["cite"]


def cite(index: ArticleIndex, number: int, source: str, start: int, end: int, score: float) -> Citation:
    """Cite what stands in an article between two offsets, end exclusive, with the page and the copies it stands in."""
    article = index.article(source)
    quote = article.text[start:end]
    return Citation(
        number=number,
        source=source,
        title=article.title,
        published=article.published,
        start=start,
        end=end,
        quote=quote,
        score=score,
        page=article.page_at(start),
        also_in=index.also_in(source, quote),
    )
