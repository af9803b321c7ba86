/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "player.h"

#include "scene.h"
#include "tui/script.h"

VhApp *
player_open (const char *demo, guint width, guint height)
{
  VhApp *app = vh_app_new (width, height, FALSE);
  vh_app_take_session (app, scene_session (demo));
  return app;
}

gboolean
player_plays (VhApp *app, const char *script)
{
  VhRunner runner = { .app = app };
  g_autoptr (GError) error = NULL;
  const gboolean done = vh_script_run (&runner, script, &error);
  g_assert_true (done == (error == NULL));
  return done;
}
