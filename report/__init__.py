"""From a frozen snapshot of a year to Word, PDF, web page, workbook and JSON.

`snapshot` holds the type, `figures` the numbers derived from it, `content` every text of the documents, made once;
`word`, `pdf`, `page` and `workbook` lay the content out, and `formats` chooses among them.
"""
