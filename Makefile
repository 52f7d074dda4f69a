# What a developer does here; every target is also a line of CONTRIBUTING.md.
.PHONY: test lint types layers docs evals gained bench train calibrate pictures ci

test:       ## all tests
	uv run pytest
lint:       ## ruff: rules and format
	uv run ruff check . && uv run ruff format --check .
types:      ## mypy --strict on src
	uv run mypy
layers:     ## who may import whom
	uv run lint-imports
docs:       ## write the generated reference pages
	uv run python docs/generate.py
evals:      ## one table: how far the reader is from a careful person, on the project's own texts
	uv run python -m evals.score
gained:     ## findings gained and lost on a fixed sample, against the previous release (BASE=<git revision>)
	uv run python -m evals.gained $(if $(BASE),--base $(BASE))
bench:      ## speed and memory against bare nlp.pipe, in one run
	uv run python -m benchmarks.read
train:      ## the event-type model from training/examples
	uv run --group train python -m training.train
calibrate:  ## confidences from the project's own texts
	uv run python -m evals.calibrate
pictures:   ## the desk's pages for the documents, by a browser
	uv run --group pictures python -m docs.pictures
ci:         ## what CI runs
	bash .ci/run
