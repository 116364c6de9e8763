"""Personal data: masked in free text, encrypted in fields."""

from pendamping.core.personal.mask import mask, mask_goods, mask_to

__all__ = ["mask", "mask_goods", "mask_to"]
