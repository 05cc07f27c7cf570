project = "Tasks"
extensions = ["loopscope_docs.sphinx"]
loopscope_upgrade = "runnable"
html_theme = "alabaster"
