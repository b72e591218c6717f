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
    [Field("muc#roomconfig_roomname")]
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

    /// <summary>Whether the service lists the room.</summary>
    [Field("muc#roomconfig_publicroom", Disco = "muc_public|muc_hidden")]
    public bool IsPublic { get; init; } = true;

    /// <summary>Whether only members may enter.</summary>
    [Field("muc#roomconfig_membersonly", Disco = "muc_membersonly|muc_open")]
    public bool IsMembersOnly { get; init; }

    /// <summary>Whether plain members may invite into a members-only room (decision A30).</summary>
    [Field("muc#roomconfig_allowinvites")]
    public bool MembersMayInvite { get; init; }

    /// <summary>Whether the password is asked for.</summary>
    [Field("muc#roomconfig_passwordprotectedroom", Disco = "muc_passwordprotected|muc_unsecured")]
    public bool IsPasswordProtected { get; init; }

    /// <summary>The password; compared as it is.</summary>
    [Field("muc#roomconfig_roomsecret")]
    public string Password { get; init; } = "";

    /// <summary>Whether newcomers without affiliation have no voice.</summary>
    [Field("muc#roomconfig_moderatedroom", Disco = "muc_moderated|muc_unmoderated")]
    public bool IsModerated { get; init; }

    /// <summary>Whether participants may change the subject too (decision A46: visitors never).</summary>
    [Field("muc#roomconfig_changesubject", Info = "muc#roominfo_subjectmod|muc#roomconfig_changesubject")]
    public bool ParticipantsMayChangeSubject { get; init; }

    /// <summary>Who may send private messages.</summary>
    [Field("muc#roomconfig_allowpm")]
    public AllowPm AllowPm { get; init; } = AllowPm.Anyone;

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

    /// <summary>Whether the discussion is publicly logged.</summary>
    [Field("muc#roomconfig_enablelogging", Status = "170|171")]
    public bool IsLogged { get; init; }

    /// <summary>The XMPP URI of a publish-subscribe node that belongs to the room, or empty.</summary>
    [Field("muc#roomconfig_pubsub", Info = "muc#roomconfig_pubsub")]
    public string PubsubNode { get; init; } = "";

    /// <summary>Whether everybody sees real addresses.</summary>
    public bool IsNonAnonymous => Whois == RoomWhois.Anyone;
}
