using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>Who may have the list of all rooms at once (XEP-0433 4.2.2.5).</summary>
public enum FullSearch : byte
{
    /// <summary>Everybody, a page at a time.</summary>
    Everybody,

    /// <summary>Those who have an account with this server.</summary>
    Local,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>Search among the rooms that the service lists (XEP-0433). Hidden rooms are in no list and so are never found.</summary>
[Feature("urn:xmpp:channel-search:0:search")]
public static class ChannelSearch
{
    private const string ByUsers = "{urn:xmpp:channel-search:0:order}nusers";
    private const string ByAddress = "{urn:xmpp:channel-search:0:order}address";
    private const string RoomType = "xep-0045";

    /// <summary>Gives the form, or a page of what was found.</summary>
    [OnIq(IqType.Get)]
    public static void Search(ServiceTurn turn, ChannelSearchView search)
    {
        if (!search.Form.IsPresent)
            turn.Answer(IqAnswer.Result(WriteForm));
        else if (!turn.SearchRate.TryCount(turn.From, turn.Now, out var retryAfter))
            turn.Answer(TooMany(retryAfter));
        else if (search.Form.Type != FormType.Submit)
            turn.Answer(NoConditions);
        else if (!ChannelSearchFormView.TryRead(search.Form, out var form, out var error))
            turn.Answer(IqAnswer.Error(StanzaErrorCondition.BadRequest, error.Text));
        else
            turn.Answer(Check(turn, form, out var query) ?? Find(turn, query, HasRooms(form.Types), Paging.Request(search.ResultSet)));
    }

    // 4.2.2: what is wrong first; null, and the query, when nothing is.
    private static IqAnswer? Check(ServiceTurn turn, ChannelSearchFormView form, out ChannelQuery query)
    {
        var wantsAll = form.All == true;
        var asks = form.Question.IsPresent && !form.Question.IsEmpty;
        var key = form.Key.IsPresent && !form.Key.IsEmpty ? form.Key.ToString() : ByUsers;
        query = new ChannelQuery(
            wantsAll || !asks ? [] : ChannelQuery.TermsOf(form.Question.ToString()),
            form.InName ?? true,
            form.InDescription ?? true,
            form.InAddress ?? true,
            key == ByUsers);
        if (key is not (ByUsers or ByAddress))
            return BadKey;
        if (wantsAll && asks)
            return Conflict("Nobody can both have all rooms and search by words.", "all", "q");
        if (wantsAll)
            return MayHaveAll(turn);
        if (!asks)
            return NoConditions;
        if (!query.InName && !query.InDescription && !query.InAddress)
            return Conflict("The words must be searched for somewhere.", "sinname", "sindescription", "sinaddress");
        return query.Terms.Count == 0 ? BadTerms : null;
    }

    private static IqAnswer? MayHaveAll(ServiceTurn turn) => turn.Policy.FullSearch switch
    {
        FullSearch.Nobody => NoFullSearch,
        FullSearch.Local when turn.From.Domain != turn.Policy.LocalDomain => NotForYou,
        _ => null,
    };

    private static IqAnswer Find(ServiceTurn turn, ChannelQuery query, bool hasRooms, PageRequest request)
    {
        var page = hasRooms ? turn.Directory.Find(query, request, turn.Policy.MostListed) : new Page<RoomListing>([], 0, 0);
        return IqAnswer.Result((ref writer) =>
        {
            var result = ChannelSearchResultWriter.Start(ref writer);
            foreach (var room in page.Items)
                WriteItem(result.StartItem(room.Address), room);
            if (page.Total > 0)
                Paging.Write(result.StartResultSet(), page, query.UidOf);
            result.End();
        });
    }

    private static void WriteItem(ChannelSearchItemWriter item, RoomListing room)
    {
        item.Name(room.Name.Length > 0 ? room.Name : room.Uid);
        if (room.Description.Length > 0)
            item.Description(room.Description);
        if (room.Language.Length > 0)
            item.Language(room.Language);
        item.Users(room.Occupants);
        item.ServiceType(RoomType);
        if (room.IsOpen)
            item.IsOpen();
        item.AnonymityMode(room.IsNonAnonymous ? "{urn:xmpp:channel-search:0:anonymity}none" : "muc_semianonymous");
        item.End();
    }

    private static void WriteForm(ref XmppWriter writer)
    {
        var search = ChannelSearchWriter.Start(ref writer);
        var form = ChannelSearchFormWriter.Start(ref writer, FormType.Form);
        form.Question();
        form.All(false);
        form.InName(true);
        form.InDescription(true);
        form.InAddress(true);
        form.Types([RoomType]);
        form.Key(ByUsers);
        form.End();
        search.End();
    }

    private static bool HasRooms(FormTextList types)
    {
        if (!types.IsPresent)
            return true;
        foreach (var type in types)
        {
            if (type.Equals("xep-0045"u8))
                return true;
        }

        return false;
    }

    private static IqAnswer TooMany(int retryAfter) => IqAnswer.Error(
        StanzaErrorCondition.ResourceConstraint,
        $"Too many searches; try again in {retryAfter} s.",
        StanzaErrorType.Wait,
        (ref writer) => ChannelSearchRateLimitWriter.Write(ref writer, retryAfter));

    private static IqAnswer Conflict(string text, params string[] fields) => IqAnswer.Error(
        StanzaErrorCondition.BadRequest,
        text,
        StanzaErrorType.Modify,
        (ref writer) =>
        {
            var conflict = ChannelSearchConflictingFieldsWriter.Start(ref writer);
            foreach (var field in fields)
                conflict.Var(field);
            conflict.End();
        });

    private static readonly IqAnswer BadKey = IqAnswer.Error(
        StanzaErrorCondition.FeatureNotImplemented,
        "Rooms are sorted by number of users or by address.",
        StanzaErrorType.Modify,
        ChannelSearchInvalidSortKeyWriter.Write);

    private static readonly IqAnswer BadTerms = IqAnswer.Error(
        StanzaErrorCondition.BadRequest,
        $"Search for a word of at least {ChannelQuery.ShortestTerm} characters.",
        StanzaErrorType.Modify,
        ChannelSearchInvalidSearchTermsWriter.Write);

    // The text of 4.2.2.7 says type cancel, its example modify; another form helps, so modify.
    private static readonly IqAnswer NoConditions = IqAnswer.Error(
        StanzaErrorCondition.BadRequest, "Say what to search for.", StanzaErrorType.Modify, ChannelSearchNoSearchConditionsWriter.Write);

    private static readonly IqAnswer NoFullSearch = IqAnswer.Error(
        StanzaErrorCondition.NotAllowed,
        "The list of all rooms is not given out.",
        StanzaErrorType.Cancel,
        ChannelSearchFullSetRetrievalRejectedWriter.Write);

    private static readonly IqAnswer NotForYou = IqAnswer.Error(
        StanzaErrorCondition.Forbidden,
        "The list of all rooms is only for those who have an account here.",
        StanzaErrorType.Auth,
        ChannelSearchFullSetRetrievalRejectedWriter.Write);
}
