"""The door through which Datasette finds the site: it loads the package `pages` beside this file and offers its hooks.

Datasette executes every file of its plugins folder on its own, outside the import system; a package needs one door.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def _package(name: str = "policytrack_pages"):
    if name not in sys.modules:
        folder = Path(__file__).parent / "pages"
        spec = spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


_hooks = _package()
register_routes, extra_template_vars = _hooks.register_routes, _hooks.extra_template_vars
prepare_jinja2_environment, render_cell, asgi_wrapper = _hooks.prepare_jinja2_environment, _hooks.render_cell, _hooks.asgi_wrapper
