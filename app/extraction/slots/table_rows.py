def find_table_slots(scan): pass
