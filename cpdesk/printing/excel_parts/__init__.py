"""What a workbook of papers is made of: type and grounds, grids, cells, tables, names."""
