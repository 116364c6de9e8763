"""The components of the pages, in six small tag libraries that `{% load ui %}` brings together."""
