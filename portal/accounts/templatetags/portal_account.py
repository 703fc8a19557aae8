"""What templates about accounts show of sessions."""

from django import template

from portal.accounts.devices import device_name

register = template.Library()
register.filter("device_name", device_name)
