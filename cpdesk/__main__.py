"""`python -m cpdesk`: the same as the command `cpdesk`, wherever the program was unpacked."""

from cpdesk.cli import main

if __name__ == "__main__":
    main()
