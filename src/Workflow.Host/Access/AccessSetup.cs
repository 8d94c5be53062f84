using Workflow.Host.Serving;

namespace Workflow.Host.Access;

/// <summary>Registers who may do what.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services, ServePlan plan)
    {
        services.AddSingleton(plan.Settings);
        if (plan.IsDevelopment)
        {
            services.AddSingleton<DevelopmentIssuer>();
        }

        services.AddSingleton(s => new TokenCheck(plan.Settings, s.GetService<DevelopmentIssuer>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Reach>();
        services.AddCallerLimits(plan.Settings);
    }
}
