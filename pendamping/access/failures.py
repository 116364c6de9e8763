"""What is answered where nothing is, or where a role does not reach: a page with ways onward."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pendamping.access.pages import render_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address, or nothing in the reader's area: both look the same on purpose."""
    return render_page(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Inside the place, without the verb; or looking as somebody else, which the exception then says."""
    return render_page(request, "403.html", {"reason": str(exception)}, status=403)
