"""The review as files: JSON for scripts, HTML and PDF as the completeness report that a bid manager signs off.

Writers take a `Report`: words only, put together in its language by `workflow.review_report`. They raise OutputError and
nothing else.
"""
