"""Filters for pages with files."""

from django import template

from portal.adjuntos import formato

register = template.Library()
register.filter("peso", formato.peso)
