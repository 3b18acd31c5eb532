"""placeholder until the weekly look stands"""

import streamlit as st


def show() -> None:
    st.caption("...")
