"""What `spark-submit` starts: ``quoth spark`` with the arguments that follow this file's name.

``spark-submit --py-files quoth-0.1.0-py3-none-any.whl submit.py articles.parquet -o graph``
"""

import sys

from quoth.cli import main

if __name__ == "__main__":
    sys.argv[1:] = ["spark", *sys.argv[1:]]
    main()
