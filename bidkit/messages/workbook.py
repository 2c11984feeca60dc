"""BK180–BK199: a workbook, a sheet or a cell that cannot be read as it is."""
