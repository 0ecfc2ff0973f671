"""What the agency does with its Microsoft directory: its roster follows it, by a preview that a person confirms."""
