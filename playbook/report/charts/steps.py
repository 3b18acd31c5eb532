"""The steps of the funnel, the same on a page and in a file: each count with the rate that led to it."""

FUNNEL = (("impressions", ""), ("views", "err"), ("product_clicks", "ctr"), ("sku_orders", "ctor"))
#: What the people of a step did.
VERBS = {"err": "entered", "ctr": "clicked", "ctor": "ordered"}
