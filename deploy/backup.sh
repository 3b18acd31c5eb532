#!/bin/sh
# One backup a day, kept for 30 days. A backup that fails is told and tried again after an hour.
set -u
while :; do
  if python -m playbook backup "/backups/$(date -u +%Y-%m-%d).playbook" --replace; then
    find /backups -name '*.playbook' -mtime +30 -delete
    sleep 86400
  else
    echo "The backup failed; it is tried again in an hour." >&2
    sleep 3600
  fi
done
