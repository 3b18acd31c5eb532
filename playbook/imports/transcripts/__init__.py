"""Files with what was said: captions (SRT, VTT), and text with times."""
