package sandbox

import "time"

// getGateway answers with the address of the gateway.
func (s *Server) getGateway(*request) (answer, *apiError) {
	return answer{200, object{"url": s.gatewayURL()}}, nil
}

// getGatewayBot answers with the address and how many sessions may be started.
func (s *Server) getGatewayBot(*request) (answer, *apiError) {
	return answer{200, object{
		"url": s.gatewayURL(), "shards": s.opts.Shards,
		"session_start_limit": object{
			"total": s.opts.SessionStarts, "remaining": max(0, s.opts.SessionStarts-s.identifies),
			"reset_after": (24 * time.Hour).Milliseconds(), "max_concurrency": s.opts.Concurrency,
		},
	}}, nil
}

func (s *Server) getMe(*request) (answer, *apiError) {
	o := wireUser(&s.world.Bot)
	o["mfa_enabled"], o["locale"], o["verified"], o["email"] = false, "en-US", true, nil
	return answer{200, o}, nil
}

func (s *Server) getApplication(*request) (answer, *apiError) {
	a := s.world.App
	o := object{
		"id": a.ID, "name": a.Name, "description": "", "icon": nil, "bot_public": false, "bot_require_code_grant": false,
		"verify_key": s.PublicKey(), "flags": 0, "summary": "", "team": nil, "type": nil, "hook": true,
		"integration_types_config": object{"0": object{}}, "redirect_uris": []string{}, "interactions_endpoint_url": nil,
		"bot": wireUser(&s.world.Bot), "approximate_guild_count": len(s.world.Guilds), "explicit_content_filter": 0,
		"flags_new": "0", "role_connections_verification_url": nil, "approximate_user_install_count": 0,
		"approximate_user_authorization_count": 0, "eligible_oauth2_scopes": []string{},
	}
	if s.endpoint != nil {
		o["interactions_endpoint_url"] = s.endpoint.url
	}
	if u := s.world.User(a.Owner); u != nil {
		o["owner"] = wireUser(u)
	}
	return answer{200, o}, nil
}
