"""Which event the use of a tool leaves in the log of a LIVE."""

#: Tool id of tools.yaml: type of event.
EVENT_OF_TOOL = {
    "live_giveaways": "giveaway",
    "billboard": "billboard",
    "live_flash_sales": "flash_sale",
    "live_pin": "pin",
}
