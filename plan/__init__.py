"""What a plan is: deadlines, costs, statuses, the annual cycle, and reading plan documents. Pure."""
