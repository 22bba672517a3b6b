#!/bin/sh
# watched-network.sh REPORT COMMAND…: runs COMMAND where everything beyond loopback goes out through one interface that
# leads nowhere, and writes to REPORT how many packets were sent there: names asked for, connections tried, all of it.
# Needs root, or user namespaces; call it as: unshare -nm (as root) or unshare -rnm, followed by this.
set -e
report=$1
shift
# Only IPv4, which has no chatter of its own: a host name is asked for over it in any case.
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link set lo up
ip link add out0 type veth peer name nowhere0
ip address add 192.0.2.1/24 dev out0
ip link set out0 up
ip link set nowhere0 up
ip route add default dev out0
resolver=$(mktemp)
echo 'nameserver 192.0.2.53' > "$resolver"
mount --bind "$resolver" /etc/resolv.conf
set +e
"$@"
code=$?
awk '$1 == "out0:" { print $11 }' /proc/net/dev > "$report"
umount /etc/resolv.conf
rm -f "$resolver"
exit $code
