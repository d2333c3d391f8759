"""The field that finds one among thousands by name, as the tests fill it in."""

from playwright.sync_api import Locator, expect


def choose(field: Locator, name: str) -> None:
    """With the keyboard: type some of the name, and take what is offered first."""
    field.focus()
    field.press_sequentially(name[:6])
    offered = field.locator("xpath=..").get_by_role("option")
    expect(offered.first).to_contain_text(name)
    expect(offered.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(offered).to_have_count(0)
    expect(field).to_have_value(name)


def choose_none(field: Locator) -> None:
    """Empty it, and take what stands for nobody."""
    field.click()
    field.locator("xpath=..").get_by_role("option").first.click()
    expect(field).to_have_value("")
