from django import template

from publishing.staff import staff_url

register = template.Library()
# {{ work|staff_url }}: where staff change that text
register.filter("staff_url", staff_url)
