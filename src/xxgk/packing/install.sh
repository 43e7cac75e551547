#!/bin/sh
# 不联网安装 xxgk，只装给当前用户，不需要管理员权限。再运行一次就是更新。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place="${XDG_DATA_HOME:-$HOME/.local/share}/xxgk"
programs="$HOME/.local/bin"

python=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "没有找到可用的 Python：需要 Python 3.11 或更新的版本，带 venv 部件（软件包名是 python3-venv）。"
    echo "装不了的话，请改用免安装的程序。"
    exit 1
fi

"$python" -m venv --clear "$place"
install() {
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" "$1"
}
# 有的系统没有生成、读取 PDF 的部件，那就不带它们。
install "xxgk[pdf,import]" 2>/dev/null || install xxgk
mkdir -p "$programs"
ln -sf "$place/bin/xxgk" "$programs/xxgk"

"$place/bin/xxgk" setup
echo
"$place/bin/xxgk" doctor || true
echo
case ":$PATH:" in
    *":$programs:"*) echo "装好了。在终端里输入 xxgk 就能用。" ;;
    *) echo "装好了。请注销后重新登录，然后在终端里输入 xxgk 就能用；现在可以写全：$programs/xxgk" ;;
esac
