"""What Windows wants: versions inside executables, and the script of the installer."""
