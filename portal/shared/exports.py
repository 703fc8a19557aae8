"""Lists of the editing interface as files; what people wrote passes the export door on its way."""

from wagtail.snippets.views.snippets import IndexView

from portal.shared.tables import cell


class ExportingIndexView(IndexView):
    """Wagtail's list whose CSV holds no formula; its XLSX keeps text as text by itself."""

    def write_csv_row(self, writer, row_dict):
        """Write a row in which no text begins like a formula."""
        row = {field: self.preprocess_field_value(field, value, self.FORMAT_CSV) for field, value in row_dict.items()}
        return writer.writerow({field: cell(value) for field, value in row.items()})
