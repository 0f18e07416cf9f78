def find_blanks(scan): pass
