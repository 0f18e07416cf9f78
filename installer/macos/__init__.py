"""What macOS wants: the information of the bundle, entitlements, and the recipe of the disk image."""
