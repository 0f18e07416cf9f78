# Every task is a task of bootstrap.py; without make, type for example: python bootstrap.py run
# Words for the task go in ARGS:  make test ARGS="-k rules"

ifeq ($(OS),Windows_NT)
PYTHON ?= python
else
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$name; exit; }; done; echo python3)
endif

TASKS := run test bench pictures format sample package lock env help

.PHONY: $(TASKS)
.DEFAULT_GOAL := help

$(TASKS):
	@$(PYTHON) bootstrap.py $@ $(ARGS)
