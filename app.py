"""Start here: `streamlit run app.py`, or `python3 run.py app`, which sets everything up first."""

from playbook.ui import entry

entry.run()
