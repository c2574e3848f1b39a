"""Small changes to the URLs that servers are named by."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit, urlunsplit


def with_path(url: str, name: str) -> str:
    """The same server, another database or vhost."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(name, safe="")))


def with_user(url: str, user: str, password: str) -> str:
    """The same server, another login."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{host}"))


def user_of(url: str) -> str:
    """The login's user name; empty when the URL has none."""
    return unquote(urlsplit(url).username or "")


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}:***@{host}"))
