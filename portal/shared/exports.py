"""Lists of the editing interface as files: what people wrote passes the export door on its way."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal.shared.tables import cell


def guard_exports() -> None:
    """Let no CSV of Wagtail hold a formula; its XLSX keeps text as text by itself.

    Put into Wagtail's own class, because its reports are many and take their names and titles from what people wrote.
    """
    SpreadsheetExportMixin.write_csv_row = _write_csv_row


def _write_csv_row(view: SpreadsheetExportMixin, writer, row_dict: dict):
    row = {field: view.preprocess_field_value(field, value, view.FORMAT_CSV) for field, value in row_dict.items()}
    return writer.writerow({field: cell(value) for field, value in row.items()})
