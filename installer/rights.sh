# How this user may install system packages. Read by setup.sh; sets `as_root`: nothing for root
# itself, `sudo`, or `none`. At a terminal sudo may ask for the password; a pipeline is never asked.
find_rights() {
  as_root=none
  if [ "$(id -u)" = 0 ]; then
    as_root=""
  elif sudo -n true 2>/dev/null; then
    as_root=sudo
  elif [ -t 0 ] && command -v sudo >/dev/null 2>&1; then
    echo "The administrator's password is needed to install:$1 安装这些系统软件包需要管理员口令。"
    if sudo -v; then as_root=sudo; fi
  fi
}
