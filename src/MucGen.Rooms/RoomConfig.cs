using MucGen.Protocol;

namespace MucGen.Rooms;

/// <summary>
/// The configuration of a room (XEP-0045 10.1.3, 16.5.3). A value: the room replaces it as a whole. Each field is one property here and one
/// entry in <c>schemas/xep-0045/muc-roomconfig.form.xml</c>; forms, parsing, discovery, notices and storage are emitted from the two. The lists
/// of admins and owners are in the form as well, but belong to the room's affiliations.
/// </summary>
[ConfigurationForm("MucRoomConfigForm", InfoForm = "MucRoomInfoForm")]
public sealed partial record RoomConfig
{
    /// <summary>The natural-language name.</summary>
    [Field("muc#roomconfig_roomname", Info = "muc#roomconfig_roomname")]
    public string Name { get; init; } = "";

    /// <summary>A short description.</summary>
    [Field("muc#roomconfig_roomdesc", Info = "muc#roominfo_description")]
    public string Description { get; init; } = "";

    /// <summary>The language of the discussion, an RFC 5646 tag or empty.</summary>
    [Field("muc#roomconfig_lang", Info = "muc#roominfo_lang")]
    public string Language { get; init; } = "";

    /// <summary>Whether the room outlives its last occupant.</summary>
    [Field("muc#roomconfig_persistentroom", Disco = "muc_persistent|muc_temporary")]
    public bool IsPersistent { get; init; }

    /// <summary>Whether the address tells those who come after the room was destroyed where to go instead, if the owner named a place (XEP-0045 10.9).</summary>
    [Field("{urn:mucgen:muc}leaves_tombstone")]
    public bool LeavesTombstone { get; init; }

    /// <summary>Whether the service lists the room.</summary>
    [Field("muc#roomconfig_publicroom", Disco = "muc_public|muc_hidden")]
    public bool IsPublic { get; init; } = true;

    /// <summary>Whether disco#items shows the occupants to outsiders too (XEP-0045 6.5).</summary>
    [Field("public_list")]
    public bool ListsOccupants { get; init; }

    /// <summary>Whether only members may enter.</summary>
    [Field("muc#roomconfig_membersonly", Disco = "muc_membersonly|muc_open")]
    public bool IsMembersOnly { get; init; }

    /// <summary>Whether plain members may invite into a members-only room (decision A30).</summary>
    [Field("muc#roomconfig_allowinvites")]
    public bool MembersMayInvite { get; init; }

    /// <summary>Who may register; the stricter of this and the service's policy holds, see <see cref="Features.RegistrationRules.PolicyOf"/>.</summary>
    [Field("{urn:mucgen:muc}registration")]
    public RoomRegistration Registration { get; init; }

    /// <summary>Whether the registration form asks for all fields of XEP-0045 16.5.1, which the approving admins see.</summary>
    [Field("{urn:mucgen:muc}registration_details")]
    public bool AsksForDetails { get; init; }

    /// <summary>Whether people are confined to the nick that they reserved (XEP-0045 7.2.2, decision A03); the service may confine them in every room.</summary>
    [Field("{urn:mucgen:muc}lock_nicks")]
    public bool LocksNicks { get; init; }

    /// <summary>Whether the password is asked for.</summary>
    [Field("muc#roomconfig_passwordprotectedroom", Disco = "muc_passwordprotected|muc_unsecured")]
    public bool IsPasswordProtected { get; init; }

    /// <summary>The password; compared as it is.</summary>
    [Field("muc#roomconfig_roomsecret")]
    public string Password { get; init; } = "";

    /// <summary>Whether newcomers without affiliation have no voice.</summary>
    [Field("muc#roomconfig_moderatedroom", Disco = "muc_moderated|muc_unmoderated")]
    public bool IsModerated { get; init; }

    /// <summary>Whether newcomers without affiliation have voice, in a room that is not moderated.</summary>
    [Field("members_by_default")]
    public bool NewcomersHaveVoice { get; init; } = true;

    /// <summary>Whether visitors may ask for voice (XEP-0045 7.13).</summary>
    [Field("allow_voice_requests")]
    public bool TakesVoiceRequests { get; init; } = true;

    /// <summary>The fewest seconds between two requests for voice by one person, from 0.</summary>
    [Field("voice_request_min_interval")]
    public int VoiceRequestInterval { get; init; }

    /// <summary>Whether participants may change the subject too (decision A46: visitors never).</summary>
    [Field("muc#roomconfig_changesubject", Info = "muc#roominfo_subjectmod|muc#roomconfig_changesubject")]
    public bool ParticipantsMayChangeSubject { get; init; }

    /// <summary>Who may send private messages.</summary>
    [Field("muc#roomconfig_allowpm")]
    public AllowPm AllowPm { get; init; } = AllowPm.Anyone;

    /// <summary>Whether private messages to and from moderators pass whatever <see cref="AllowPm"/> says.</summary>
    [Field("{xmpp:prosody.im}muc#allow_modpm")]
    public bool ModeratorPmPasses { get; init; }

    /// <summary>Whom visitors may send private messages, within <see cref="AllowPm"/>.</summary>
    [Field("allow_private_messages_from_visitors")]
    public VisitorPm VisitorPm { get; init; } = VisitorPm.Anyone;

    /// <summary>Whether occupants may send requests to each other; vCards and self-pings pass anyway.</summary>
    [Field("allow_query_users")]
    public bool AllowsQueries { get; init; } = true;

    /// <summary>Whether others see the status text of visitors.</summary>
    [Field("allow_visitor_status")]
    public bool ShowsVisitorStatus { get; init; } = true;

    /// <summary>Whether visitors may change their nick (XEP-0045 7.6).</summary>
    [Field("allow_visitor_nickchange")]
    public bool VisitorsMayChangeNick { get; init; } = true;

    /// <summary>Who sees real addresses.</summary>
    [Field("muc#roomconfig_whois", On = "anyone", Disco = "muc_nonanonymous|muc_semianonymous", Status = "172|173")]
    public RoomWhois Whois { get; init; } = RoomWhois.Moderators;

    /// <summary>The roles whose presence is told to others (decision A05).</summary>
    [Field("muc#roomconfig_presencebroadcast")]
    public RoleSet PresenceBroadcast { get; init; } = RoleSet.All;

    /// <summary>The roles that may fetch the list of members where JIDs are no secret (decision A06).</summary>
    [Field("muc#roomconfig_getmemberlist")]
    public RoleSet MemberListReaders { get; init; } = RoleSet.All;

    /// <summary>The most occupants, from 1; null means the service's limit.</summary>
    [Field("muc#roomconfig_maxusers")]
    public int? MaxUsers { get; init; }

    /// <summary>The most messages of history that somebody gets on joining, from 0.</summary>
    [Field("muc#maxhistoryfetch", Info = "muc#maxhistoryfetch")]
    public int MaxHistoryFetch { get; init; } = 20;

    /// <summary>The most messages of history for somebody who states no limit, from 0; null means as many as <see cref="MaxHistoryFetch"/>.</summary>
    [Field("muc#roomconfig_defaulthistorymessages")]
    public int? DefaultHistory { get; init; }

    /// <summary>How many seconds everybody but admins and owners must wait between two messages (XEP-0500), from 0 for no wait.</summary>
    [Field("muc#roomconfig_slow_mode_duration", Info = "muc#roominfo_slow_mode_duration")]
    public int SlowModeSeconds { get; init; }

    /// <summary>The reactions that may be used, separated by spaces; empty for all (XEP-0444 2.2).</summary>
    [Field("{urn:mucgen:muc}allowed_reactions")]
    public string AllowedReactions { get; init; } = "";

    /// <summary>The most reactions of one person to one message, from 0 for any number (XEP-0444 2.2).</summary>
    [Field("{urn:mucgen:muc}max_reactions")]
    public int MaxReactions { get; init; }

    /// <summary>How many minutes people without affiliation are in the room before they have voice, where newcomers have it otherwise; from 0 for none.</summary>
    [Field("{urn:mucgen:muc}voice_after_minutes")]
    public int VoiceAfterMinutes { get; init; }

    /// <summary>Whether the discussion is archived for all who may enter (XEP-0313), which those who enter are told (XEP-0045 7.2.12).</summary>
    [Field("muc#roomconfig_enablelogging", Status = "170|171")]
    public bool IsLogged { get; init; }

    /// <summary>Where the public log can be read, or empty; shown in disco#info while the room is logged.</summary>
    [Field("{urn:mucgen:muc}logs")]
    public string LogAddress { get; init; } = "";

    /// <summary>The XMPP URI of a publish-subscribe node that belongs to the room, or empty.</summary>
    [Field("muc#roomconfig_pubsub", Info = "muc#roomconfig_pubsub")]
    public string PubsubNode { get; init; } = "";

    /// <summary>The wait between two messages; zero for none.</summary>
    public TimeSpan SlowMode => TimeSpan.FromSeconds(SlowModeSeconds);

    /// <summary>Whether everybody sees real addresses.</summary>
    public bool IsNonAnonymous => Whois == RoomWhois.Anyone;

    /// <summary>Whether newcomers without affiliation are visitors (XEP-0045 5.1.2).</summary>
    public bool NewcomersAreVisitors => IsModerated || !NewcomersHaveVoice;
}
