"""German dates and times: a time says that it is one."""

TIME_FORMAT = r"H:i \U\h\r"
DATETIME_FORMAT = rf"j. F Y, {TIME_FORMAT}"
SHORT_DATETIME_FORMAT = rf"d.m.Y, {TIME_FORMAT}"
